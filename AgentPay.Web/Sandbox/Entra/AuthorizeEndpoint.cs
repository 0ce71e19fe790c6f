using AgentPay.Web.Sandbox.Pages;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary><c>/oauth2/v2.0/authorize</c>: shows the people (GET), and takes the choice (POST to the same URL).</summary>
public sealed class AuthorizeEndpoint(AuthorizationCodes codes, TimeProvider clock)
{
    public Task<IResult> ShowAsync(HttpContext context) => AnswerAsync(context, (request, reply) =>
    {
        if (!request.IsSilent) return Task.FromResult(Picker(request, reply));
        var person = SignInSession.Read(context.Request) ?? throw new EntraError("login_required", 50058, "Nobody is signed in, and prompt=none forbids asking.");
        return Task.FromResult(Issue(new(person, request, reply.RedirectUri, TokenFault.None), reply));
    });

    public Task<IResult> ChooseAsync(HttpContext context) => AnswerAsync(context, async (request, reply) =>
    {
        var form = await OAuthParameters.ReadFormAsync(context.Request);
        if (form.Optional("cancel") is not null) throw new EntraError("access_denied", 65004, "The sign-in was cancelled.");
        var person = People.Find(form.Required("person")) ?? throw new EntraError("invalid_request", 90013, "No such person is in this tenant.");
        var grant = new Grant(person, request, reply.RedirectUri, ReadFault(form.Optional("fault")));
        SignInSession.Start(context, person);
        return Issue(grant, reply);
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
        catch (EntraError refused)
        {
            return reply.Refuse(refused, clock.GetUtcNow());
        }
    }

    private static IResult Picker(AuthorizeRequest request, ReplyAddress reply) =>
        SandboxPage.Of<AccountPicker>(new()
        {
            [nameof(AccountPicker.Application)] = reply.Uri.Authority,
            [nameof(AccountPicker.LoginHint)] = request.LoginHint,
        }) with { FormTarget = reply.Uri };

    private IResult Issue(Grant grant, ReplyAddress reply) => reply.Send(new() { ["code"] = codes.Issue(grant) });

    private static TokenFault ReadFault(string? text)
    {
        if (text is null) return TokenFault.None;
        var name = Enum.GetNames<TokenFault>().FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name is null ? throw new EntraError("invalid_request", 90013, "No such fault is known.") : Enum.Parse<TokenFault>(name);
    }
}
