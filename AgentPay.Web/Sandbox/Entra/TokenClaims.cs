namespace AgentPay.Web.Sandbox.Entra;

// The claims about a person, according to the app registration and the selected fault.
public static class TokenClaims
{
    public static Dictionary<string, object> Of(Person person, TokenFault fault, bool sendsGroups)
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
        var hasUserName = fault is not (TokenFault.Email or TokenFault.Nameless or TokenFault.Upn or TokenFault.ObjectId);
        if (hasUserName) claims["preferred_username"] = person.UserName;
        AddRoles(claims, person, fault, sendsGroups);
        return claims;
    }

    private static void AddRoles(Dictionary<string, object> claims, Person person, TokenFault fault, bool sendsGroups)
    {
        if (fault == TokenFault.Overage)
        {
            var endpoint = $"https://graph.windows.net/{EntraTenant.Id}/users/{person.ObjectId}/getMemberObjects";
            claims["_claim_names"] = new Dictionary<string, object> { ["groups"] = "src1" };
            claims["_claim_sources"] = new Dictionary<string, object>
            {
                ["src1"] = new Dictionary<string, object> { ["endpoint"] = endpoint },
            };
            return;
        }
        if (sendsGroups) claims["groups"] = EntraTenant.GroupsOf(person);
        else if (person.AppRole is not null) claims["roles"] = new[] { person.AppRole };
        if (fault == TokenFault.Huge) claims["groups"] = ManyGroups();
    }

    private static string[] ManyGroups() =>
        [.. Enumerable.Range(1, 300).Select(n => $"Contact centre, all sites, distribution list for shift {n:000}")];
}
