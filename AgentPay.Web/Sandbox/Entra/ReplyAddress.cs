using AgentPay.Web.Sandbox.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Sandbox.Entra;

// Where the response to an authorization request is sent. Client and URI are already validated, so errors can be sent there too.
// RedirectUri is unchanged because the token request must repeat it exactly.
public sealed record ReplyAddress(Uri Uri, string RedirectUri, string? State, bool ByFormPost)
{
    public static ReplyAddress Read(OAuthParameters parameters, HttpRequest request)
    {
        EntraTenant.RequireClient(parameters.Required("client_id"));
        var redirectUri = parameters.Optional("redirect_uri");
        var uri = RedirectUris.Read(redirectUri, request)
            ?? throw new EntraError(
                "invalid_request", 50011, "The redirect URI must be on this machine, or use https on the sandbox's own host.");
        return new(uri, redirectUri!, parameters.First("state"), parameters.First("response_mode") == "form_post");
    }

    public IResult SendError(EntraError error, DateTimeOffset at) =>
        Send(new() { ["error"] = error.Error, ["error_description"] = error.Description(at) });

    public IResult Send(Dictionary<string, string?> answer)
    {
        if (State is not null) answer["state"] = State;
        if (!ByFormPost) return Results.Redirect(QueryHelpers.AddQueryString(Uri.AbsoluteUri, answer));
        var page = SandboxPage.Of<FormPost>(new() { [nameof(FormPost.To)] = Uri, [nameof(FormPost.Fields)] = answer });
        return page with { FormTarget = Uri };
    }
}
