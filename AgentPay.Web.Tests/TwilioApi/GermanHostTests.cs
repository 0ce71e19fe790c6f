using System.Globalization;
using System.Text.Json;
using AgentPay.Web.Tests.Sandbox.Pay;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.TwilioApi;

/// <summary>Tests that change process-wide state. They do not run in parallel.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;

/// <summary>AgentPay, sandbox and gateway on a machine with a German culture, where decimals have a comma.</summary>
[Collection(nameof(WholeProcess))]
public sealed class GermanHostTests : IAsyncLifetime
{
    private readonly TwilioSandbox _sandbox = new();
    private readonly (CultureInfo? Default, CultureInfo Current) _before =
        (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.CurrentCulture);

    public async Task InitializeAsync()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        await _sandbox.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.CurrentCulture) = _before;
    }

    [Fact]
    public async Task Charge_WithDecimals_ReachesTheConnectorWithAPoint()
    {
        $"{1234.5m:N2}".ShouldBe("1.234,50");
        var charged = "";
        var culture = "";
        _sandbox.Owner.Script("/connector", async (context, _) =>
        {
            culture = CultureInfo.CurrentCulture.Name;
            charged = await new StreamReader(context.Request.Body).ReadToEndAsync();
            await context.Response.WriteAsync("""{"charge_id":"ch_1"}""");
        });

        var (started, final) = await ChargeAsync(Money.Charge("1234.5", "EUR"));

        culture.ShouldBe("de-DE");
        JsonDocument.Parse(charged).RootElement.GetProperty("amount").GetString().ShouldBe("1234.50");
        started.ShouldBe("1234.50");
        final.ShouldBe("ch_1");
    }

    private async Task<(string? Started, string? Confirmation)> ChargeAsync(PaymentGoal.Charge charge)
    {
        var call = await _sandbox.CallInAsync();
        var callback = _sandbox.Owner.Url + "/pay";
        var payment = await _sandbox.Payments.CreateAsync(call, new()
        {
            IdempotencyKey = "1", StatusCallback = callback, Goal = charge, PaymentConnector = "Scripted",
            PostalCode = false, SecurityCode = false,
        });
        var started = await _sandbox.NextAsync("/pay");
        foreach (var (field, keys) in new[] { (CaptureField.PaymentCardNumber, PayCall.Visa), (CaptureField.ExpirationDate, "1230") })
        {
            await UpdateAsync(new PaymentStep.Capture(field));
            await _sandbox.App.Control.PressAsync(call.ToString(), keys);
        }
        await UpdateAsync(new PaymentStep.Complete());
        var final = await _sandbox.Owner.NextAsync(webhook => webhook["Result"] is not null);
        return (started["ChargeAmount"], final["PaymentConfirmationCode"]);

        Task<Payment> UpdateAsync(PaymentStep step) =>
            _sandbox.Payments.UpdateAsync(
                call, payment.Sid, new() { IdempotencyKey = step.ToString(), StatusCallback = callback, Step = step });
    }
}
