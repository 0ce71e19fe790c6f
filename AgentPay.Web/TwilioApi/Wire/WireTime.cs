using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// Parses Twilio's times: RFC 2822 in the 2010 API and in <c>Timestamp</c> (<c>Wed, 18 Dec 2019 20:02:01 +0000</c>),
/// ISO 8601 in Sync and in payment callbacks (<c>2021-08-10T03:55:53.408Z</c>).
/// </summary>
public static class WireTime
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    private static readonly string[] Formats =
        ["ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Returns false for missing, empty or unreadable text.</summary>
    /// <param name="time">In UTC.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Utc, out time);
}

/// <summary>Reads a time in JSON. Null and the empty string both mean no time.</summary>
internal sealed class WireTimeJsonConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        if (string.IsNullOrEmpty(text)) return null;
        return WireTime.TryParse(text, out var time) ? time : throw new JsonException("Not a time");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
