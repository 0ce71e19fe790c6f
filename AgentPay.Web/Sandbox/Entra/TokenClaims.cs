namespace AgentPay.Web.Sandbox.Entra;

/// <summary>The claims about a person, as the app registration and the fault of the sign-in make them.</summary>
public static class TokenClaims
{
    public static Dictionary<string, object> Of(Person person, TokenFault fault, bool areGroupsSent)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = person.SubjectAt(EntraTenant.ClientId),
            ["tid"] = EntraTenant.Id,
            ["name"] = person.Name,
        };
        if (fault is not (TokenFault.Email or TokenFault.Nameless)) claims["oid"] = person.ObjectId;
        if (fault is TokenFault.Email) claims["email"] = person.UserName;
        if (fault is TokenFault.Upn) claims["upn"] = person.UserName;
        if (fault is not (TokenFault.Email or TokenFault.Nameless or TokenFault.Upn or TokenFault.ObjectId)) claims["preferred_username"] = person.UserName;
        AddRoles(claims, person, fault, areGroupsSent);
        return claims;
    }

    private static void AddRoles(Dictionary<string, object> claims, Person person, TokenFault fault, bool areGroupsSent)
    {
        if (fault == TokenFault.Overage)
        {
            claims["_claim_names"] = new Dictionary<string, object> { ["groups"] = "src1" };
            claims["_claim_sources"] = new Dictionary<string, object>
            {
                ["src1"] = new Dictionary<string, object> { ["endpoint"] = $"https://graph.windows.net/{EntraTenant.Id}/users/{person.ObjectId}/getMemberObjects" },
            };
            return;
        }
        if (areGroupsSent) claims["groups"] = EntraTenant.GroupsOf(person);
        else if (person.AppRole is not null) claims["roles"] = new[] { person.AppRole };
        if (fault == TokenFault.Huge) claims["groups"] = Enumerable.Range(1, 300).Select(n => $"Contact centre, all sites, distribution list for shift {n:000}").ToArray();
    }
}
