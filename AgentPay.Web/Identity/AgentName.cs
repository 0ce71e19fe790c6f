using System.Globalization;

namespace AgentPay.Web.Identity;

/// <summary>
/// The readable name of an agent. A record holds the principal name alone, so the viewer's own name is known and another agent's is
/// made of the part before the @: <c>jo.smith@contoso.com</c> becomes "Jo Smith". The details of a payment show the full address.
/// </summary>
public static class AgentName
{
    private static readonly char[] Separators = ['.', '_', '-', ' '];

    public static string Of(string principalName, CurrentUser? viewer)
    {
        if (viewer is not null && principalName.Equals(viewer.PrincipalName, StringComparison.OrdinalIgnoreCase)) return viewer.Name;
        // Guests of a tenant have names such as jo_contoso.com#EXT#@agentpay.example.
        var words = principalName.Split('@', '#')[0].Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? principalName : string.Join(' ', words.Select(Capitalize));
    }

    /// <summary>The name, and the address as well where two of the agents have the same name.</summary>
    public static string Of(string principalName, CurrentUser? viewer, IEnumerable<string> all)
    {
        var name = Of(principalName, viewer);
        return all.Count(other => Of(other, viewer) == name) > 1 ? $"{name} ({principalName})" : name;
    }

    private static string Capitalize(string word) => char.ToUpper(word[0], CultureInfo.CurrentCulture) + word[1..];
}
