using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Primitives;

namespace AgentPay.Web.CardData;

/// <summary>
/// Masks card numbers in every request. Path, query and headers are masked when the request arrives. Forms are masked when they are read,
/// JSON when <c>ApiParameters</c> parses it. An agent's input arrives over the Blazor circuit: <c>PaymentPlanner</c> checks it with
/// <see cref="CardNumbers"/>.
/// </summary>
public static class CardDataFeature
{
    public static void AddCardData(this IServiceCollection services)
    {
        services.AddSingleton<CardDataGuard>();
        services.Replace(ServiceDescriptor.Singleton<IHttpContextFactory, MaskingHttpContextFactory>());
    }

    /// <summary>Call it before any middleware that reads a form.</summary>
    public static void UseCardData(this WebApplication app)
    {
        var guard = app.Services.GetRequiredService<CardDataGuard>();
        app.Use((context, next) =>
        {
            if (!guard.Covers(context.Request.Path)) return next(context);
            if (context.Features.Get<MaskedQuery>() is not null && IsPage(context.Request)) return RedirectToMaskedQuery(context);
            MaskFormOnRead(context, guard);
            return next(context);
        });
    }

    /// <summary>Reads the unmasked form. Use it only to verify a signature.</summary>
    /// <exception cref="BadHttpRequestException">The form is too long.</exception>
    /// <exception cref="InvalidDataException">The form is malformed, or has too many fields.</exception>
    public static Task<IFormCollection> ReadOriginalFormAsync(this HttpRequest request, CancellationToken cancellation) =>
        request.HttpContext.Features.Get<IFormFeature>() is MaskedFormFeature masked
            ? masked.ReadOriginalAsync(cancellation)
            : request.ReadFormAsync(cancellation);

    private static void MaskFormOnRead(HttpContext context, CardDataGuard guard)
    {
        var form = context.Features.Get<IFormFeature>() ?? new FormFeature(context.Request);
        context.Features.Set<IFormFeature>(new MaskedFormFeature(form, sent => MaskForm(sent, guard, context.Request.Path)));
    }

    // Returns the form itself if it contains no card number.
    private static IFormCollection MaskForm(IFormCollection sent, CardDataGuard guard, string path)
    {
        Dictionary<string, StringValues>? fields = null;
        foreach (var (name, values) in sent)
        {
            var masked = guard.Mask(path, "form", name, values);
            if (masked == values) continue;
            fields ??= sent.ToDictionary(field => field.Key, field => field.Value, StringComparer.OrdinalIgnoreCase);
            fields[name] = masked;
        }
        return fields is null ? sent : new FormCollection(fields, sent.Files);
    }

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    // Removes the card number from the address bar: Blazor would send the address again when the circuit opens.
    private static Task RedirectToMaskedQuery(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        // A relative redirect to the query keeps the path. A path in the Location header could be read as another host.
        context.Response.Redirect(context.Request.QueryString.Value!);
        return Task.CompletedTask;
    }
}
