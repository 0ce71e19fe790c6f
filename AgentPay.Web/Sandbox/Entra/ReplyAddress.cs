using AgentPay.Web.Sandbox.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>Where the answer to an authorization request goes. Its client and its URI have been checked, so errors may go there too.</summary>
/// <param name="RedirectUri">Exactly as it was sent: the token request has to repeat it.</param>
public sealed record ReplyAddress(Uri Uri, string RedirectUri, string? State, bool ByFormPost)
{
    public static ReplyAddress Read(OAuthParameters parameters, HttpRequest request)
    {
        EntraTenant.RequireClient(parameters.Required("client_id"));
        var redirectUri = parameters.Optional("redirect_uri");
        var uri = RedirectUris.Read(redirectUri, request)
            ?? throw new EntraError("invalid_request", 50011, "The redirect URI is not one that this sandbox sends people to: any on this machine, or an https one on the sandbox's own host.");
        return new(uri, redirectUri!, parameters.First("state"), parameters.First("response_mode") == "form_post");
    }

    public IResult Refuse(EntraError refused, DateTimeOffset at) =>
        Send(new() { ["error"] = refused.Error, ["error_description"] = refused.Description(at) });

    public IResult Send(Dictionary<string, string?> answer)
    {
        if (State is not null) answer["state"] = State;
        if (!ByFormPost) return Results.Redirect(QueryHelpers.AddQueryString(Uri.AbsoluteUri, answer));
        return SandboxPage.Of<FormPost>(new() { [nameof(FormPost.To)] = Uri, [nameof(FormPost.Fields)] = answer }) with { FormTarget = Uri };
    }
}
