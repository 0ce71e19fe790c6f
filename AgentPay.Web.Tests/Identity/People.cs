using System.Net;
using System.Text.RegularExpressions;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Identity;

/// <summary>The users of the sandbox's tenant, and their sign-in.</summary>
internal static partial class People
{
    public const string Amara = "00000000-0000-4000-8000-0000000000a1";
    public const string Ben = "00000000-0000-4000-8000-0000000000a2";
    public const string Priya = "00000000-0000-4000-8000-0000000000b1";
    public const string Tomas = "00000000-0000-4000-8000-0000000000c1";
    public const string Nora = "00000000-0000-4000-8000-0000000000d1";

    /// <summary>Signs in at Entra and returns the answer of the callback.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(
        this HttpBrowser browser, string person, string page = "/signin", string fault = "none")
    {
        using var back = await browser.ChooseAsync(page, new() { ["person"] = person, ["fault"] = fault });
        return await browser.FollowAsync(back);
    }

    /// <summary>Opens a page, chooses a user at Entra, and returns Entra's answer.</summary>
    public static async Task<HttpResponseMessage> ChooseAsync(this HttpBrowser browser, string page, Dictionary<string, string> choice)
    {
        using var away = await browser.GoAsync(page);
        using var picker = await browser.FollowAsync(away);
        picker.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await browser.SubmitAsync(picker.RequestMessage!.RequestUri!.AbsoluteUri, choice);
    }

    public static void ShouldHaveNoSession(this HttpBrowser browser) =>
        browser.Cookies.ShouldNotContain(cookie => cookie.Name == "agentpay");

    /// <summary>Reads the fields of the sign-out form from a page.</summary>
    public static async Task<Dictionary<string, string>> SignOutFormAsync(HttpResponseMessage page)
    {
        var field = HiddenField().Match(await page.Content.ReadAsStringAsync());
        return new() { [field.Groups["name"].Value] = field.Groups["value"].Value };
    }

    [GeneratedRegex("type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex HiddenField();
}
