using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace AgentPay.Web.WebPages;

/// <summary>
/// Counts the circuit while it is connected. A circuit that is refused shows nothing but <see cref="Refusal"/>. The framework limits those
/// that wait for a connection.
/// </summary>
public sealed class CircuitPlace(OpenPages pages, AuthenticationStateProvider authentication) : CircuitHandler
{
    private string? _person;
    private bool _isCounted;

    /// <summary>Why the page must not open; null when it may.</summary>
    public PageRefusal? Refusal { get; private set; }

    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_isCounted || Refusal is not null) return;
        if (_person is not null) pages.Reopen(_person);
        else
        {
            _person = CurrentUser.Of((await authentication.GetAuthenticationStateAsync()).User)?.ObjectId ?? "";
            Refusal = pages.Open(_person);
        }
        _isCounted = Refusal is null;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_isCounted) pages.Close(_person!);
        _isCounted = false;
        return Task.CompletedTask;
    }
}
