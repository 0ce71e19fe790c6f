using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Entra;

public sealed class TokenTests : IClassFixture<SharedSandbox>, IDisposable
{
    private readonly SandboxApp _sandbox;
    private readonly EntraClient _client;

    public TokenTests(SharedSandbox shared)
    {
        _sandbox = shared.Reset();
        _client = new(_sandbox);
    }

    [Theory]
    [InlineData("code_verifier", "another-verifier-that-is-long-enough-for-the-rfc", 400, "invalid_grant", 50148)]
    [InlineData("redirect_uri", "http://localhost:5080/signin-oidc/", 401, "invalid_client", 500112)]
    [InlineData("client_secret", "wrong", 401, "invalid_client", 7000215)]
    [InlineData("client_secret", null, 401, "invalid_client", 7000218)]
    [InlineData("client_id", "11111111-1111-1111-1111-111111111111", 400, "unauthorized_client", 700016)]
    [InlineData("grant_type", "client_credentials", 400, "unsupported_grant_type", 70003)]
    [InlineData("code", "made-up", 400, "invalid_grant", 70000)]
    public async Task Redeem_WithAWrongParameter_IsRefusedAsEntraDoes(string name, string? value, int status, string error, int code)
    {
        using var answer = await _client.RedeemAsync(await _client.CodeAsync(), (name, value));

        ((int)answer.StatusCode).ShouldBe(status);
        var body = await EntraClient.JsonAsync(answer);
        body.GetProperty("error").GetString().ShouldBe(error);
        body.GetProperty("error_codes")[0].GetInt32().ShouldBe(code);
        body.GetProperty("error_description").GetString()!.ShouldStartWith($"AADSTS{code}: ");
    }

    [Fact]
    public async Task Redeem_Refused_HasTheWholeErrorOfEntra()
    {
        using var answer = await _client.RedeemAsync("made-up");

        var body = await EntraClient.JsonAsync(answer);
        body.GetProperty("timestamp").GetString().ShouldBe("2026-11-22 09:00:00Z");
        body.GetProperty("error_uri").GetString()!.ShouldEndWith("/error?code=70000");
        var trace = body.GetProperty("trace_id").GetGuid();
        var correlation = body.GetProperty("correlation_id").GetGuid();
        body.GetProperty("error_description").GetString()!
            .ShouldEndWith($" Trace ID: {trace} Correlation ID: {correlation} Timestamp: 2026-11-22 09:00:00Z");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Redeem_ASecondTime_SaysThatTheCodeIsSpent()
    {
        var code = await _client.CodeAsync();
        (await _client.RedeemAsync(code)).EnsureSuccessStatusCode();

        using var answer = await _client.RedeemAsync(code);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ErrorCodeAsync(answer)).ShouldBe(54005);
    }

    [Fact]
    public async Task Redeem_AtTheSameTime_LetsOneWin()
    {
        var code = await _client.CodeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _client.RedeemAsync(code)));

        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(1);
        var refused = await Task.WhenAll(answers.Where(answer => !answer.IsSuccessStatusCode).Select(ErrorCodeAsync));
        refused.ShouldAllBe(error => error == 54005);
    }

    [Fact]
    public async Task Redeem_AfterAFailedTry_StillWorks()
    {
        var code = await _client.CodeAsync();
        (await _client.RedeemAsync(code, ("client_secret", "wrong"))).IsSuccessStatusCode.ShouldBeFalse();
        (await _client.RedeemAsync(code, ("code_verifier", "wrong"))).IsSuccessStatusCode.ShouldBeFalse();

        using var answer = await _client.RedeemAsync(code);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(59, HttpStatusCode.OK)]
    [InlineData(60, HttpStatusCode.BadRequest)]
    public async Task Redeem_AfterAWhile_WorksForAMinute(int seconds, HttpStatusCode status)
    {
        var code = await _client.CodeAsync();
        _sandbox.Clock.Advance(TimeSpan.FromSeconds(seconds));

        using var answer = await _client.RedeemAsync(code);

        answer.StatusCode.ShouldBe(status);
        if (status != HttpStatusCode.OK) (await ErrorCodeAsync(answer)).ShouldBe(70008);
    }

    [Fact]
    public async Task Redeem_AfterAReset_HasForgottenTheCode()
    {
        var code = await _client.CodeAsync();
        await _sandbox.Control.ResetAsync();

        using var answer = await _client.RedeemAsync(code);

        (await ErrorCodeAsync(answer)).ShouldBe(70000);
    }

    [Fact]
    public async Task Redeem_WithABasicHeader_Works()
    {
        Authorize("Basic", $"{EntraClient.ClientId}:{EntraClient.Secret.Replace("-", "%2D", StringComparison.Ordinal)}");

        using var answer = await _client.RedeemAsync(await _client.CodeAsync(), ("client_id", null), ("client_secret", null));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("00000000-0000-4000-8000-000000000002:wrong")]
    public async Task Redeem_WithAWrongBasicHeader_IsRefused(string credentials)
    {
        Authorize("Basic", credentials);

        using var answer = await _client.RedeemAsync(await _client.CodeAsync());

        answer.IsSuccessStatusCode.ShouldBeFalse();
        (await EntraClient.JsonAsync(answer)).GetProperty("error").GetString().ShouldBeOneOf("invalid_client", "unauthorized_client");
    }

    public void Dispose() => _client.Dispose();

    private void Authorize(string scheme, string credentials) =>
        _client.Browser.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue(scheme, Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    private static async Task<int> ErrorCodeAsync(HttpResponseMessage answer) =>
        (await EntraClient.JsonAsync(answer)).GetProperty("error_codes")[0].GetInt32();
}
