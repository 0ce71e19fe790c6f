using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Sandbox.Sync;

// Revisions on the wire: opaque strings for clients, decimal numbers in the sandbox.
public static class Revision
{
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");

    public static string Text(long revision) => revision.ToString(CultureInfo.InvariantCulture);

    public static string ETag(long revision) => $"\"{Text(revision)}\"";

    // Reads the revision from an If-Match header, with or without quotes. Returns null without the header.
    // A malformed header gives error 54003.
    public static string? FromIfMatch(StringValues header)
    {
        if (header.Count == 0) return null;
        var text = header.Count == 1 ? header[0]!.Trim() : "";
        if (text is ['"', .. var quoted, '"']) text = quoted;
        if (text.Length is 0 or > MaxLength || text.AsSpan().ContainsAnyExcept(Allowed))
            throw new ApiError(400, 54003, "The If-Match header is malformed");
        return text;
    }
}
