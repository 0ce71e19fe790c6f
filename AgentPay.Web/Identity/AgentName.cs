using System.Globalization;

namespace AgentPay.Web.Identity;

/// <summary>
/// Returns the display name of an agent. Only the viewer's own name is known. Other names are derived from the part of the principal name
/// before the @: <c>jo.smith@contoso.com</c> becomes "Jo Smith".
/// </summary>
public static class AgentName
{
    private static readonly char[] Separators = ['.', '_', '-', ' '];

    public static string Of(string principalName, CurrentUser? viewer)
    {
        if (viewer is not null && principalName.Equals(viewer.PrincipalName, StringComparison.OrdinalIgnoreCase)) return viewer.Name;
        // Guest users have principal names such as jo_contoso.com#EXT#@agentpay.example.
        var words = principalName.Split('@', '#')[0].Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? principalName : string.Join(' ', words.Select(Capitalize));
    }

    /// <summary>Returns the display name. Adds the principal name if another agent in <paramref name="all"/> has the same name.</summary>
    public static string Of(string principalName, CurrentUser? viewer, IEnumerable<string> all)
    {
        var name = Of(principalName, viewer);
        return all.Count(other => Of(other, viewer) == name) > 1 ? $"{name} ({principalName})" : name;
    }

    private static string Capitalize(string word) => char.ToUpper(word[0], CultureInfo.CurrentCulture) + word[1..];
}
