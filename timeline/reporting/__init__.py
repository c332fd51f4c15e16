"""The report: one offline HTML file from a story. Imports drawing, never the pipeline."""

from timeline.reporting.report import report_html, write_report

__all__ = ["report_html", "write_report"]
