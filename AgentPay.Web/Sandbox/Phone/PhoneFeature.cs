using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Pages;
using AgentPay.Web.Sandbox.Voice;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Phone;

/// <summary>
/// The page at <c>/sandbox/phone</c>: a customer's handset and the agent's softphone. It dials, answers and hangs up by the control API, and works
/// where that does: on the sandbox's own machine alone, because whoever reaches it can do everything with any call.
/// </summary>
public static class PhoneFeature
{
    private const string Path = "/sandbox/phone";

    public static void AddPhone(this IServiceCollection services)
    {
        services.AddSingleton<PhoneFeed>();
        services.AddSingleton<PhoneKeys>();
        services.AddResettable<Typist>();
    }

    public static void MapPhone(this WebApplication app)
    {
        app.MapGet(Path, ShowAsync).AllowAnonymous();
        var api = app.MapLocalApi(Path, "The phone").AllowAnonymous();
        api.MapGet("/phone.js", () => PhoneFile.Script);
        api.MapGet("/phone.css", () => PhoneFile.Style);
        api.MapGet("/events", (HttpContext context, PhoneFeed feed) => feed.FollowAsync(context));
        api.MapPost("/calls/{sid}/press", (string sid, HttpRequest request, PhoneKeys keys) => keys.PressAsync(sid, request));
        api.MapPost("/calls/{sid}/type", (string sid, HttpRequest request, PhoneKeys keys) => keys.TypeAsync(sid, request));
        api.MapPost("/calls/{sid}/stop", (string sid, PhoneKeys keys) => keys.Stop(sid));
    }

    private static IResult ShowAsync(HttpContext context, CallerIds numbers, IOptions<SandboxOptions> options)
    {
        if (!LocalApi.IsFromThisMachine(context))
        {
            return SandboxPage.Of<Notice>(new()
            {
                [nameof(Notice.Heading)] = "The phone cannot be used from here",
                [nameof(Notice.Text)] = "Like the control API, it answers only on the machine that runs the sandbox. Open this page there.",
            }) with { Status = StatusCodes.Status403Forbidden };
        }
        var asked = context.Request.Query["from"].ToString();
        return SandboxPage.Of<PhonePage>(new()
        {
            [nameof(PhonePage.Number)] = HandsetNumber.Read(asked) ?? HandsetNumber.Default,
            [nameof(PhonePage.Refused)] = asked.Length > 0 && HandsetNumber.Read(asked) is null ? asked : null,
            [nameof(PhonePage.Business)] = numbers.Default,
            [nameof(PhonePage.Sandbox)] = context.Request.PathBase + "/sandbox",
            [nameof(PhonePage.ConsoleUrl)] = options.Value.ConsoleUrlFor(context.Request),
        }) with { HasScript = true };
    }
}
