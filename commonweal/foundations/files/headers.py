"""The headers of a download: always saved, never run, never cached."""

from urllib.parse import quote

from commonweal.foundations.files.opening import OpenedFile


def headers_for(opened: OpenedFile) -> dict[str, str]:
    """The response headers of a download (RFC 6266, RFC 8187): an attachment in a sandbox, whatever its type."""
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in " ._-") else "_" for letter in opened.name
    )
    return {
        "Content-Type": opened.media_type,
        "Content-Length": str(opened.size),
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(opened.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
