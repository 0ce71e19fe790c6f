using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// The times that Twilio writes: RFC 2822 in the 2010 API and in <c>Timestamp</c> (<c>Wed, 18 Dec 2019 20:02:01 +0000</c>),
/// ISO 8601 in Sync and in payment callbacks (<c>2021-08-10T03:55:53.408Z</c>).
/// </summary>
public static class WireTime
{
    private static readonly string[] Formats = ["ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <param name="text">Missing, empty and unreadable text gives false.</param>
    /// <param name="time">In UTC.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}

/// <summary>A time in JSON; null and the empty string both mean that there is none.</summary>
internal sealed class WireTimeJsonConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        if (string.IsNullOrEmpty(text)) return null;
        return WireTime.TryParse(text, out var time) ? time : throw new JsonException("Not a time");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
