using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Pages;
using AgentPay.Web.Sandbox.Voice;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Phone;

// The page at /sandbox/phone with a customer's handset and the agent's softphone.
// It uses the control API and, like it, works only on the sandbox's own machine, because it can control every call.
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
        app.MapGet(Path, Show).AllowAnonymous();
        var api = app.MapLocalApi(Path, "The phone").AllowAnonymous();
        api.MapGet("/phone.js", () => PhoneFile.Script);
        api.MapGet("/phone-actions.js", () => PhoneFile.ActionsScript);
        api.MapGet("/phone.css", () => PhoneFile.Style);
        api.MapGet("/events", (HttpContext context, PhoneFeed feed) => feed.StreamAsync(context));
        api.MapPost("/calls/{sid}/press", (string sid, HttpRequest request, PhoneKeys keys) => keys.PressAsync(sid, request));
        api.MapPost("/calls/{sid}/type", (string sid, HttpRequest request, PhoneKeys keys) => keys.TypeAsync(sid, request));
        api.MapPost("/calls/{sid}/stop", (string sid, PhoneKeys keys) => keys.Stop(sid));
    }

    private static IResult Show(HttpContext context, CallerIds numbers, IOptions<SandboxOptions> options)
    {
        if (!LocalApi.IsFromThisMachine(context))
        {
            return SandboxPage.Of<Notice>(new()
            {
                [nameof(Notice.Heading)] = "The phone is not available here",
                [nameof(Notice.Text)] = "The phone works only on the machine that runs the sandbox. Open this page there.",
            }) with { Status = StatusCodes.Status403Forbidden };
        }
        var requested = context.Request.Query["from"].ToString();
        return SandboxPage.Of<PhonePage>(new()
        {
            [nameof(PhonePage.Number)] = HandsetNumber.Read(requested) ?? HandsetNumber.Default,
            [nameof(PhonePage.InvalidNumber)] = requested.Length > 0 && HandsetNumber.Read(requested) is null ? requested : null,
            [nameof(PhonePage.Business)] = numbers.Default,
            [nameof(PhonePage.Sandbox)] = context.Request.PathBase + "/sandbox",
            [nameof(PhonePage.ConsoleUrl)] = options.Value.ConsoleUrlFor(context.Request),
        }) with { HasScript = true };
    }
}
