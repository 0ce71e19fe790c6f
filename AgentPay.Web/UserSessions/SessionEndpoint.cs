namespace AgentPay.Web.UserSessions;

/// <summary>
/// <c>GET /session</c>, for the console's script: 204 during the session, and 401 after its end. The request renews the session.
/// </summary>
internal static class SessionEndpoint
{
    public static IResult Answer(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!IsSameOrigin(context.Request)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        return SessionClaims.IdOf(context.User) is null ? Results.StatusCode(StatusCodes.Status401Unauthorized) : Results.NoContent();
    }

    private static bool IsSameOrigin(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin";
}
