namespace AgentPay.Web.Sandbox.Entra;

// The person who is signed in at Entra ID, in an unprotected cookie: every account can be used without a password.
// The session is used only for prompt=none. All other requests show the account picker.
public static class SignInSession
{
    private const string CookieName = "sandbox-entra-session";

    public static Person? Read(HttpRequest request) => People.Find(request.Cookies[CookieName]);

    public static void Start(HttpContext context, Person person) =>
        context.Response.Cookies.Append(CookieName, person.ObjectId, Cookie(context.Request));

    public static void End(HttpContext context) => context.Response.Cookies.Delete(CookieName, Cookie(context.Request));

    private static CookieOptions Cookie(HttpRequest request) => new()
    {
        Path = request.PathBase + EntraTenant.InstancePath,
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };
}
