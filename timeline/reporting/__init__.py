"""The report: one offline HTML file from a story; and its viewer for other hosts. Imports drawing, never the pipeline."""

from timeline.reporting.report import report_html, write_report
from timeline.reporting.viewer import viewer_data, viewer_script, viewer_style

__all__ = ["report_html", "viewer_data", "viewer_script", "viewer_style", "write_report"]
