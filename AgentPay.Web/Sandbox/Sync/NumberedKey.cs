using System.Globalization;

namespace AgentPay.Web.Sandbox.Sync;

// Numbers as keys, padded with zeros so that ordinal order equals numeric order.
public static class NumberedKey
{
    public static string Of(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    public static long Read(string key) => long.Parse(key, CultureInfo.InvariantCulture);
}
