namespace AgentPay.Web.Identity;

/// <summary><c>GET /session</c>: 204 while there is one, which the request also keeps alive, and 401 once it is over. For the console's own script.</summary>
internal static class SessionEndpoint
{
    public static IResult Answer(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin")) return Results.StatusCode(StatusCodes.Status403Forbidden);
        return CurrentUser.Of(context.User) is null ? Results.StatusCode(StatusCodes.Status401Unauthorized) : Results.NoContent();
    }
}
