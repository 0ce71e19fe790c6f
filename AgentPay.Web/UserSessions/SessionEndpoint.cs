namespace AgentPay.Web.UserSessions;

/// <summary><c>GET /session</c>: 204 while the session lives, which the request renews, and 401 after its end. For the console's own script.</summary>
internal static class SessionEndpoint
{
    public static IResult Answer(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin")) return Results.StatusCode(StatusCodes.Status403Forbidden);
        return SessionClaims.IdOf(context.User) is null ? Results.StatusCode(StatusCodes.Status401Unauthorized) : Results.NoContent();
    }
}
