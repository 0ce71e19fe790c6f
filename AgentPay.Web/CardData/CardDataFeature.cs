using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AgentPay.Web.CardData;

/// <summary>
/// Card numbers stay outside: every value that a request brings is looked at, and a card number in it is masked before anything else
/// sees it. Path, query and headers are masked as the request comes in, forms when they are read, JSON where the API takes it apart; what an
/// agent types comes over the circuit and not by a request, so <c>PaymentPlanner</c> looks at that, by <see cref="CardNumbers"/>.
/// </summary>
public static class CardDataFeature
{
    public static void AddCardData(this IServiceCollection services)
    {
        services.AddSingleton<CardDataGuard>();
        services.Replace(ServiceDescriptor.Singleton<IHttpContextFactory, GuardedContexts>());
    }

    /// <summary>To be called before everything that reads a form.</summary>
    public static void UseCardData(this WebApplication app)
    {
        var guard = app.Services.GetRequiredService<CardDataGuard>();
        app.Use((context, next) =>
        {
            if (!guard.Covers(context.Request.Path)) return next(context);
            if (context.Features.Get<MaskedTarget>() is not null && IsPage(context.Request)) return LeadToMasked(context);
            GuardForm(context, guard);
            return next(context);
        });
    }

    /// <summary>The form as it was sent, for the check of a signature and for nothing else.</summary>
    /// <exception cref="BadHttpRequestException">It is too long.</exception>
    /// <exception cref="InvalidDataException">It is malformed, or has too many fields.</exception>
    public static Task<IFormCollection> ReadOriginalFormAsync(this HttpRequest request, CancellationToken cancellation) =>
        request.HttpContext.Features.Get<IFormFeature>() is GuardedForm guarded ? guarded.ReadOriginalAsync(cancellation) : request.ReadFormAsync(cancellation);

    private static void GuardForm(HttpContext context, CardDataGuard guard)
    {
        var form = context.Features.Get<IFormFeature>() ?? new FormFeature(context.Request);
        context.Features.Set<IFormFeature>(new GuardedForm(form, sent => MaskForm(sent, guard, context.Request.Path)));
    }

    private static FormCollection MaskForm(IFormCollection sent, CardDataGuard guard, string path) =>
        new(sent.ToDictionary(field => field.Key, field => guard.Mask(path, "form", field.Key, field.Value), StringComparer.OrdinalIgnoreCase), sent.Files);

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Out of the browser's address bar and its history, from which the circuit of the page would be told it again.</summary>
    private static Task LeadToMasked(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        // The query alone: the path stays what it is, and cannot be read as another host.
        context.Response.Redirect(context.Request.QueryString.Value!);
        return Task.CompletedTask;
    }
}
