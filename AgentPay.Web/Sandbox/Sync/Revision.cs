using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.Sandbox.Sync;

/// <summary>Revisions as they go over the wire: opaque to clients, plain numbers here.</summary>
public static class Revision
{
    private const int Longest = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");

    public static string Text(long revision) => revision.ToString(CultureInfo.InvariantCulture);

    public static string ETag(long revision) => $"\"{Text(revision)}\"";

    /// <summary>The revision in an <c>If-Match</c> header, quoted or not; null without the header, 54003 when it cannot be one.</summary>
    public static string? OfIfMatch(StringValues header)
    {
        if (header.Count == 0) return null;
        var text = header.Count == 1 ? header[0]!.Trim() : "";
        if (text is ['"', .. var quoted, '"']) text = quoted;
        if (text.Length is 0 or > Longest || text.AsSpan().ContainsAnyExcept(Allowed))
            throw new Refusal(400, 54003, "The If-Match header is malformed");
        return text;
    }
}
