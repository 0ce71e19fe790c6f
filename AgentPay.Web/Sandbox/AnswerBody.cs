using System.Text;

namespace AgentPay.Web.Sandbox;

/// <summary>Reads response bodies from other servers, which can have any length.</summary>
internal static class AnswerBody
{
    /// <summary>Twilio reads at most this many bytes of a response (error 11750).</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Returns the body as UTF-8, or null if it is longer than <see cref="MaxBytes"/>.</summary>
    public static async Task<string?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[MaxBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length > MaxBytes ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
