using AgentPay.Web.Sandbox.Pages;

namespace AgentPay.Web.Sandbox.Entra;

// /oauth2/v2.0/authorize: GET shows the account picker, POST to the same URL selects an account.
public sealed class AuthorizeEndpoint(AuthorizationCodes codes, TimeProvider clock)
{
    public Task<IResult> ShowAsync(HttpContext context) => AnswerAsync(context, (request, reply) =>
    {
        if (!request.IsSilent) return Task.FromResult(ShowPicker(request, reply));
        var person = SignInSession.Read(context.Request)
            ?? throw new EntraError("login_required", 50058, "No user is signed in, and prompt=none allows no sign-in page.");
        return Task.FromResult(SendCode(new(person, request, reply.RedirectUri, TokenFault.None), reply));
    });

    public Task<IResult> ChooseAsync(HttpContext context) => AnswerAsync(context, async (request, reply) =>
    {
        var form = await OAuthParameters.ReadFormAsync(context.Request);
        if (form.Optional("cancel") is not null) throw new EntraError("access_denied", 65004, "The sign-in was cancelled.");
        var person = People.Find(form.Required("person"))
            ?? throw new EntraError("invalid_request", 90013, "This person is not in the tenant.");
        var grant = new Grant(person, request, reply.RedirectUri, ReadFault(form.Optional("fault")));
        SignInSession.Start(context, person);
        return SendCode(grant, reply);
    });

    private async Task<IResult> AnswerAsync(HttpContext context, Func<AuthorizeRequest, ReplyAddress, Task<IResult>> answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        var query = OAuthParameters.OfQuery(context.Request);
        var reply = ReplyAddress.Read(query, context.Request);
        try
        {
            return await answer(AuthorizeRequest.Read(query), reply);
        }
        catch (EntraError error)
        {
            return reply.SendError(error, clock.GetUtcNow());
        }
    }

    private static IResult ShowPicker(AuthorizeRequest request, ReplyAddress reply) =>
        SandboxPage.Of<AccountPicker>(new()
        {
            [nameof(AccountPicker.Application)] = reply.Uri.Authority,
            [nameof(AccountPicker.LoginHint)] = request.LoginHint,
        }) with { FormTarget = reply.Uri };

    private IResult SendCode(Grant grant, ReplyAddress reply) => reply.Send(new() { ["code"] = codes.Issue(grant) });

    private static TokenFault ReadFault(string? text)
    {
        if (text is null) return TokenFault.None;
        var name = Enum.GetNames<TokenFault>().FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name is null ? throw new EntraError("invalid_request", 90013, "This fault is unknown.") : Enum.Parse<TokenFault>(name);
    }
}
