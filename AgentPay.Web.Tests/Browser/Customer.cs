using System.Globalization;
using AgentPay.Web.Tests.Support;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>A customer on a call, who types what the agent asks for.</summary>
/// <param name="Call">The SID of their leg.</param>
internal sealed record Customer(SandboxControl Control, string Call)
{
    public const string Visa = "4111111111111111";
    public const string Declined = "4000000000000002";
    public const string Malformed = "4000000000000119";
    public const string Slow = "4000000000000309";

    public static async Task<Customer> CallInAsync(SandboxControl control) => new(control, await control.CallInAsync());

    public Task PressAsync(string digits) => Control.PressAsync(Call, digits);

    /// <summary>Nothing when they have gone already.</summary>
    public async Task HangUpAsync() => (await Control.ActAsync(Call, "hangup")).Dispose();

    /// <summary>Types a card, field by field, as each is asked for.</summary>
    public async Task TypeCardAsync(IPage page, string number = Visa)
    {
        await page.StateAsync("payment-card-number", "Waiting");
        await PressAsync(number);
        await TypeRestAsync(page);
    }

    /// <summary>Types what comes after the card number.</summary>
    public async Task TypeRestAsync(IPage page)
    {
        await page.StateAsync("expiration-date", "Waiting");
        await PressAsync(Expiry);
        await page.StateAsync("security-code", "Waiting");
        await PressAsync("123");
        await page.PhaseAsync("All captured");
    }

    /// <summary>MMYY, three years ahead.</summary>
    public static string Expiry => DateTime.UtcNow.AddYears(3).ToString("MMyy", CultureInfo.InvariantCulture);
}
