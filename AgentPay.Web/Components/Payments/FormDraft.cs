using System.Text.Json;
using AgentPay.Web.Payments;
using Microsoft.JSInterop;

namespace AgentPay.Web.Components.Payments;

/// <summary>Keeps the form of a call in the browser's tab until it is sent, so that a reload does not lose it.</summary>
/// <param name="key">Names the call and the values that its form begins with.</param>
internal sealed class FormDraft(IJSRuntime js, PaymentProfiles profiles, string key)
{
    /// <summary>Null when there is none, or when the configuration has changed since.</summary>
    public async Task<PaymentFormValues?> LoadAsync(CancellationToken cancellation)
    {
        if (await js.InvokeAsync<string?>("agentpay.load", cancellation, key) is not { } json) return null;
        try
        {
            return JsonSerializer.Deserialize<PaymentFormValues>(json) is { } kept && profiles.Find(kept.Profile) is not null ? kept : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public Task SaveAsync(PaymentFormValues form, CancellationToken cancellation) =>
        js.InvokeVoidAsync("agentpay.save", cancellation, key, JsonSerializer.Serialize(form)).AsTask();
}
