// @ts-check
/** What Python packed into the page: gzip in base64. No DOM. */

/** @param {string} base64 @returns {Promise<Uint8Array>} */
export async function unpack(base64) {
  const from = /** @type {any} */ (Uint8Array).fromBase64;
  const bytes = from ? from.call(Uint8Array, base64) : Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A packed text. @param {string} base64 */
export const unpackText = async (base64) => new TextDecoder().decode(await unpack(base64));
