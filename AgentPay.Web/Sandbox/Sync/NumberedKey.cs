using System.Globalization;

namespace AgentPay.Web.Sandbox.Sync;

/// <summary>Numbers as keys: padded, so that the order of the text is that of the numbers.</summary>
public static class NumberedKey
{
    public static string Of(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    public static long Read(string key) => long.Parse(key, CultureInfo.InvariantCulture);
}
