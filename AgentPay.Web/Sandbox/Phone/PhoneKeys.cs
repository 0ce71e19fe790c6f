using System.Buffers;
using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Gateway;
using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Phone;

// Presses keys on the handset, one by one or for a test card. Unlike the control API, it does not wait for callbacks.
internal sealed class PhoneKeys(Legs legs, Typist typist)
{
    private const int MaxKeys = 40;
    private const int MaxGapMs = 5_000;
    private static readonly SearchValues<char> Keypad = SearchValues.Create("0123456789#*");

    public async Task<IResult> PressAsync(string sid, HttpRequest request)
    {
        var (press, problem) = await ControlEndpoints.ReadAsync<PressRequest>(request);
        if (press is null) return problem!;
        if (press.Keys is not { Length: > 0 and <= MaxKeys } || press.Keys.AsSpan().ContainsAnyExcept(Keypad))
            return ControlEndpoints.Problem($"keys must be 1 to {MaxKeys} of 0-9, # and *");
        if (Find(sid, out var leg) is { } missing) return missing;
        foreach (var key in press.Keys) await leg.PressAsync(key);
        return Results.NoContent();
    }

    // Enters the test card or account with this number: only the requested field, or every field until the payment ends if "all" is set.
    public async Task<IResult> TypeAsync(string sid, HttpRequest request)
    {
        var (type, problem) = await ControlEndpoints.ReadAsync<TypeRequest>(request);
        if (type is null) return problem!;
        if (type.GapMs is < 0 or > MaxGapMs)
            return ControlEndpoints.Problem($"gapMs must be 0 to {MaxGapMs} milliseconds");
        var card = TestCards.FindCard(type.Number ?? "") ?? TestCards.FindBankAccount(type.Number ?? "");
        if (card is null && !type.Mistyped)
            return ControlEndpoints.Problem("number must be one of the test cards or bank accounts on the page");
        if (Find(sid, out var leg) is { } missing) return missing;
        var typing = new Typing(type.Mistyped ? null : card, type.All && !type.Mistyped, TimeSpan.FromMilliseconds(type.GapMs));
        return typist.Start(leg, typing) is { } conflict
            ? ControlEndpoints.Problem(conflict, StatusCodes.Status409Conflict)
            : Results.NoContent();
    }

    public IResult Stop(string sid)
    {
        if (legs.Find(sid) is not { } leg) return NotFound(sid);
        typist.Stop(leg);
        return Results.NoContent();
    }

    private IResult? Find(string sid, out Leg leg)
    {
        leg = legs.Find(sid)!;
        if (leg is null) return NotFound(sid);
        if (leg.IsInProgress) return null;
        return ControlEndpoints.Problem($"{sid} is not connected: it is {leg.Status.ToName()}", StatusCodes.Status409Conflict);
    }

    private static IResult NotFound(string sid) => ControlEndpoints.Problem($"There is no call {sid}", StatusCodes.Status404NotFound);

    private sealed record PressRequest(string? Keys);

    private sealed record TypeRequest(string? Number, bool All = false, bool Mistyped = false, int GapMs = 0);
}
