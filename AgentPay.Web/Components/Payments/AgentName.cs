using System.Globalization;
using AgentPay.Web.Identity;

namespace AgentPay.Web.Components.Payments;

/// <summary>The name under which a person is shown.</summary>
internal static class AgentName
{
    /// <summary>Payments store principal names only, so another person's name is taken from the part before the @.</summary>
    /// <param name="principalName">Such as <c>amara.okafor@example.com</c>.</param>
    public static string Of(string principalName, CurrentUser? viewer) =>
        viewer?.PrincipalName == principalName
            ? viewer.Name
            : string.Join(' ', principalName.Split('@')[0].Split(['.', '_'], StringSplitOptions.RemoveEmptyEntries).Select(Capitalize));

    private static string Capitalize(string word) => char.ToUpper(word[0], CultureInfo.CurrentCulture) + word[1..];
}
