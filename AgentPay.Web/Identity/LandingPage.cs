namespace AgentPay.Web.Identity;

/// <summary>Chooses the first page after a sign-in that began on the start page.</summary>
internal static class LandingPage
{
    public const string Board = "/board";
    public const string Setup = "/setup";

    /// <summary>
    /// Returns the board for a supervisor and the setup page for an administrator. Agents stay on the start page, and every other address
    /// stays as it is.
    /// </summary>
    /// <param name="address">Where the sign-in returns to: a path with the base path, and a query.</param>
    public static string Of(CurrentUser? user, PathString basePath, string? address)
    {
        var start = basePath + "/";
        if (address is not null && address != start) return address;
        return user switch
        {
            { IsSupervisor: true } => basePath + Board,
            { IsAgent: false, IsAdmin: true } => basePath + Setup,
            _ => start,
        };
    }
}
