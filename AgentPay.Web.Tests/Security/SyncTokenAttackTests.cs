using System.Net.Sockets;
using System.Text;
using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.Sandbox.Sync;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Tests.Security;

/// <summary>
/// Forged Sync tokens at every route of the API. <c>SyncBearerTests</c> and <c>SyncAccessTokenTests</c> test each claim and header.
/// </summary>
public sealed class SyncTokenAttackTests(ApiBench bench) : IClassFixture<ApiBench>
{
    [Fact]
    public async Task Token_CutOrLengthened_OpensNothing()
    {
        var token = (await bench.AmaraAsync()).Token;
        string[] parts = token.Split('.');
        string[] forged =
        [
            token[..^1], token[1..], token + "A", token + ".", $"{parts[0]}.{parts[1]}", $"{parts[0]}.{parts[1]}.",
            $".{parts[1]}.{parts[2]}", $"{parts[0]}..{parts[2]}", $"{token}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.{parts[2].ToUpperInvariant()}",
        ];

        foreach (var forgery in forged) await ShouldOpenNothingAsync("Bearer " + forgery);
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"JWT","cty":"twilio-fpa;v=1"}""", false)]
    [InlineData("""{"alg":"none","typ":"JWT","cty":"twilio-fpa;v=1"}""", true)]
    public async Task Token_UnderAnotherAlgorithmOrType_OpensNothing(string header, bool isSigned)
    {
        var claims = ClaimsOf((await bench.AmaraAsync()).Token);

        await ShouldOpenNothingAsync("Bearer " + Make(header, claims, isSigned));
    }

    [Theory]
    [InlineData("\"grants\":{", "\"grants\":{\"identity\":\"priya@agentpay.example\",")]
    public async Task Token_WithAClaimTwice_OpensNothing(string claim, string twice)
    {
        var claims = ClaimsOf((await bench.AmaraAsync()).Token);
        claims.ShouldContain(claim);

        await ShouldOpenNothingAsync(
            "Bearer " + Make(SyncTokens.Header, claims.Replace(claim, twice, StringComparison.Ordinal), isSigned: true));
    }

    /// <summary>Checks that a valid token is accepted.</summary>
    [Fact]
    public async Task Token_MadeHereAsItShouldBe_IsAccepted()
    {
        var token = Make(SyncTokens.Header, ClaimsOf((await bench.AmaraAsync()).Token), isSigned: true);

        using var answer = await bench.App.SendRawAsync(HttpMethod.Get, "/uui2sid?uui=none", null, ("Authorization", "Bearer " + token));

        ((int)answer.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Token_AnywhereButInTheHeader_OpensNothing()
    {
        var token = (await bench.AmaraAsync()).Token;

        foreach (var route in Surface.Api(bench.App))
        {
            using var query =
                await bench.App.SendRawAsync(HttpMethod.Get, $"{route}?token={token}&access_token={token}&Authorization=Bearer%20{token}");
            using var form = await bench.App.SendRawAsync(
                HttpMethod.Post, route, Surface.Form("access_token=" + token), ("Cookie", "agentpay=" + token), ("X-Twilio-Token", token));
            ((int)query.StatusCode, (int)form.StatusCode).ShouldBe((401, 401), route);
        }
    }

    /// <summary>Sends the header twice. HttpClient would join the values, and a proxy may have checked the other one.</summary>
    [Theory]
    [InlineData("{0}", "{0}")]
    [InlineData("{0}", "nonsense")]
    [InlineData("nonsense", "{0}")]
    public async Task Token_InTwoHeaders_OpensNothing(string first, string second)
    {
        var token = (await bench.AmaraAsync()).Token;
        string Header(string text) => $"Authorization: Bearer {text.Replace("{0}", token, StringComparison.Ordinal)}\r\n";

        (await StatusLineAsync(Header("{0}"))).ShouldBe("HTTP/1.1 404 Not Found");
        (await StatusLineAsync(Header(first) + Header(second))).ShouldBe("HTTP/1.1 401 Unauthorized");
    }

    private async Task<string?> StatusLineAsync(string headers)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(bench.App.Url.Host, bench.App.Url.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /uui2sid?uui=none HTTP/1.1\r\nHost: {bench.App.Url.Authority}\r\nConnection: close\r\n{headers}\r\n"));
        return await new StreamReader(stream).ReadLineAsync();
    }

    private static string ClaimsOf(string token) => Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token.Split('.')[1]));

    private static string Make(string header, string claims, bool isSigned)
    {
        var token = SyncTokens.Sign(header, claims, SandboxApp.ApiKeySecret);
        return isSigned ? token : token[..(token.LastIndexOf('.') + 1)];
    }

    private async Task ShouldOpenNothingAsync(string authorization)
    {
        foreach (var route in Surface.Api(bench.App))
        {
            using var answer =
                await bench.App.SendRawAsync(HttpMethod.Post, route, Surface.Form("uui=1"), ("Authorization", authorization));
            ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync())
                .ShouldBe((401, "Authorisation Error"), $"{route} {authorization}");
        }
    }
}
