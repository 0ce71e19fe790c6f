using System.Globalization;

namespace AgentPay.Web.Components.Parts;

internal static class Percent
{
    /// <summary>Formats a share from 0 to 1 as whole percent, rounded down: 100% means all.</summary>
    public static string Show(double share) =>
        (Math.Floor(share * 100) / 100).ToString("P0", CultureInfo.CurrentCulture).Replace(' ', '\u00a0');
}
