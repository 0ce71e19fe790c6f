using System.Net;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;

namespace AgentPay.Web.Identity;

/// <summary>The two pages that are shown to people who are not signed in, or may not go further.</summary>
internal static class PlainPages
{
    public static void MapPlainPages(this IEndpointRouteBuilder app)
    {
        app.MapGet(IdentityAddresses.Denied, ShowDenied).AllowAnonymous();
        app.MapGet(IdentityAddresses.SignedOut, (HttpContext context) => Page(context, 200, "You are signed out", "You can close this window.", SignInLink(context))).AllowAnonymous();
    }

    private static IResult ShowDenied(HttpContext context, IAntiforgery antiforgery, string? reason, string? reference)
    {
        var text = reason switch
        {
            DeniedReason.Cancelled => "The sign-in was cancelled.",
            DeniedReason.NoRole => "Your account has no role in AgentPay that opens this page. Ask your administrator for one.",
            DeniedReason.EntraRefused => "Your organisation's sign-in service refused the sign-in.",
            DeniedReason.EntraUnreachable => "Your organisation's sign-in service could not be reached. Try again in a moment.",
            DeniedReason.TokenRefused => "The answer of the sign-in service could not be trusted, so you have not been signed in.",
            _ => "The sign-in could not be completed: it took too long, or it was finished before. Try again.",
        };
        // A reference is shown only if it can be one of ours: anyone can make a link to this page.
        if (reference is { Length: 10 } && reference.All(char.IsAsciiHexDigitUpper)) text += $" Reference: {reference}.";
        return Page(context, 403, "You cannot go on", text, CurrentUser.Of(context.User) is null ? SignInLink(context) : SignOutForm(context, antiforgery));
    }

    private static string SignInLink(HttpContext context) =>
        $"<p><a href=\"{WebUtility.HtmlEncode(context.Request.PathBase + IdentityAddresses.SignIn)}\">Sign in</a></p>";

    private static string SignOutForm(HttpContext context, IAntiforgery antiforgery)
    {
        var token = antiforgery.GetAndStoreTokens(context);
        return $"""
            <form method="post" action="{WebUtility.HtmlEncode(context.Request.PathBase + IdentityAddresses.SignOut)}">
            <input type="hidden" name="{token.FormFieldName}" value="{WebUtility.HtmlEncode(token.RequestToken)}">
            <button>Sign out</button></form>
            """;
    }

    private static IResult Page(HttpContext context, int status, string heading, string text, string action)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
        var html = $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{heading} - AgentPay</title></head><body><h1>{heading}</h1><p>{text}</p>{action}</body></html>";
        return Results.Text(html, "text/html", Encoding.UTF8, status);
    }
}
