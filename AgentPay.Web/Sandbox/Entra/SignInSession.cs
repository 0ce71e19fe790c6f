namespace AgentPay.Web.Sandbox.Entra;

/// <summary>
/// Who is signed in at Entra itself, in a cookie that says so in clear: anyone may be anyone here.
/// It only lets <c>prompt=none</c> succeed; everybody else is always shown the picker.
/// </summary>
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
