using AgentPay.Web.Tests.Api;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Tests.Security;

/// <summary>Text from URLs, headers and forms may appear in the log, but never starts a new line.</summary>
public sealed class LogForgeryTests(ApiBench bench) : IClassFixture<ApiBench>
{
    private const string Forgery = "x\r\nError: forged line\u001b[2J\u2028forged\u202e";

    private static readonly string[] Fields =
    [
        "From", "To", "CallStatus", "Direction", "SipHeader_User-to-User", "ErrorType", "Result", "ConnectorError", "PaymentError",
        "Capture", "Sid", "DateUpdated",
    ];

    [Theory]
    [InlineData("error", "/denied?reason=entra-refused")]
    [InlineData("error_description", "/denied?reason=entra-refused")]
    [InlineData("error_uri", "/denied?reason=entra-refused")]
    public async Task SignIn_ThatComesBackWithAForgedError_IsLoggedInOneLine(string parameter, string lands)
    {
        using var browser = new HttpBrowser(bench.App.Url);
        using var away = await browser.GoAsync("/signin");
        var state = QueryHelpers.ParseQuery(away.Headers.Location!.Query)["state"];
        var query = new Dictionary<string, string?> { ["state"] = state, ["error"] = "server_error" };
        query[parameter] = Forgery;

        using var back = await browser.GoAsync(QueryHelpers.AddQueryString("/signin-oidc", query));

        back.Headers.Location!.OriginalString.ShouldStartWith(lands);
        bench.App.Log.Lines.ShouldContain(line => line.Contains("Sign-in failed: entra-refused", StringComparison.Ordinal)
            && line.Contains("x??Error: forged line?[2J?forged?", StringComparison.Ordinal));
        ShouldHoldNoForgery();
    }

    [Fact]
    public async Task CardNumber_UnderAForgedName_IsLoggedInOneLine()
    {
        var form = new Dictionary<string, string> { ["CallSid"] = "CA" + new string('1', 32), [Forgery] = "4111111111111111" };

        using var hook = await bench.App.PostSignedAsync("/callStatus", form);
        using var page = await bench.App.SendRawAsync(
            HttpMethod.Get, $"/{Uri.EscapeDataString(Forgery)}?{Uri.EscapeDataString(Forgery)}=4111111111111111");

        bench.App.Log.Lines
            .ShouldContain(line => line.StartsWith("Error: Card number received in x??Error: forged line", StringComparison.Ordinal));
        ShouldHoldNoForgery();
    }

    [Fact]
    public async Task Call_WithForgedWords_IsLoggedInOneLine()
    {
        foreach (var route in Surface.Webhooks(bench.App))
        {
            foreach (var name in Fields)
            {
                var form = new Dictionary<string, string>
                {
                    ["CallSid"] = "CA" + new string('1', 32), ["CallStatus"] = "ringing", ["From"] = "+61400000000",
                    ["To"] = "sip:+61280000000@x", ["Sid"] = "PK" + new string('1', 32),
                    ["DateUpdated"] = "2026-11-22T23:00:00.000Z", [name] = Forgery,
                };
                (await bench.App.PostSignedAsync(
                    route + "?payment=00000000000000000000000000000001&UUI=" + Uri.EscapeDataString(Forgery), form)).Dispose();
            }
        }

        ShouldHoldNoForgery();
    }

    private void ShouldHoldNoForgery() =>
        bench.App.Log.Lines.SelectMany(line => line.Split(['\n', '\r', '\u2028'])).Where(IsForged).ShouldBeEmpty();

    private static bool IsForged(string line) =>
        line.StartsWith("Error: forged", StringComparison.Ordinal)
        || line.StartsWith("forged", StringComparison.Ordinal)
        || line.Contains('\u001b', StringComparison.Ordinal);
}
