using System.Text;

namespace AgentPay.Web.Sandbox;

/// <summary>Bodies of answers from outside, which may be of any length.</summary>
internal static class AnswerBody
{
    /// <summary>Twilio reads no more of an answer than this (error 11750).</summary>
    public const int Longest = 64 * 1024;

    /// <summary>The body as UTF-8; null when it is longer than <see cref="Longest"/>.</summary>
    public static async Task<string?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[Longest + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length > Longest ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
