using System.Globalization;

namespace AgentPay.Web.Sandbox;

/// <summary>Formats UTC times in Twilio's three formats.</summary>
public static class TwilioTime
{
    /// <summary>The 2010 API, and <c>Timestamp</c> of status callbacks: <c>Wed, 18 Dec 2019 20:02:01 +0000</c>.</summary>
    public static string Rfc2822(DateTimeOffset at) =>
        at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    /// <summary>Sync: <c>2015-07-30T20:00:00Z</c>.</summary>
    public static string Seconds(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Payment callbacks: <c>2021-08-10T03:55:53.408Z</c>.</summary>
    public static string Milliseconds(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
