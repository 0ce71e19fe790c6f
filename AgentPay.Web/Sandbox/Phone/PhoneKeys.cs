using System.Buffers;
using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Gateway;
using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Phone;

/// <summary>The handset's keypad, and somebody who presses the right keys on it. Unlike the control API it waits for no callback: a person does not either.</summary>
internal sealed class PhoneKeys(Legs legs, Typist typist)
{
    private const int MostKeys = 40;
    private const int LongestGapMs = 5_000;
    private static readonly SearchValues<char> Keypad = SearchValues.Create("0123456789#*");

    /// <summary>Presses <c>keys</c>, at once.</summary>
    public async Task<IResult> PressAsync(string sid, HttpRequest request)
    {
        var (press, problem) = await ControlEndpoints.ReadAsync<PressRequest>(request);
        if (press is null) return problem!;
        if (press.Keys is not { Length: > 0 and <= MostKeys } || press.Keys.AsSpan().ContainsAnyExcept(Keypad))
            return ControlEndpoints.Problem($"keys must be 1 to {MostKeys} of 0-9, # and *");
        if (Find(sid, out var leg) is { } missing) return missing;
        foreach (var key in press.Keys) await leg.PressAsync(key);
        return Results.NoContent();
    }

    /// <summary>Types what is asked for, of the test card or account <c>number</c>: the field of now, or with <c>all</c> everything until the payment ends.</summary>
    public async Task<IResult> TypeAsync(string sid, HttpRequest request)
    {
        var (type, problem) = await ControlEndpoints.ReadAsync<TypeRequest>(request);
        if (type is null) return problem!;
        if (type.GapMs is < 0 or > LongestGapMs) return ControlEndpoints.Problem($"gapMs is a time in milliseconds, from 0 to {LongestGapMs}");
        var card = TestCards.FindCard(type.Number ?? "") ?? TestCards.FindBankAccount(type.Number ?? "");
        if (card is null && !type.Mistyped) return ControlEndpoints.Problem("number must be one of the test cards or bank accounts that the page lists");
        if (Find(sid, out var leg) is { } missing) return missing;
        var typing = new Typing(type.Mistyped ? null : card, type.All && !type.Mistyped, TimeSpan.FromMilliseconds(type.GapMs));
        return typist.Start(leg, typing) is { } refusal ? ControlEndpoints.Problem(refusal, StatusCodes.Status409Conflict) : Results.NoContent();
    }

    public IResult Stop(string sid)
    {
        if (legs.Find(sid) is not { } leg) return Unknown(sid);
        typist.Stop(leg);
        return Results.NoContent();
    }

    private IResult? Find(string sid, out Leg leg)
    {
        leg = legs.Find(sid)!;
        if (leg is null) return Unknown(sid);
        return leg.IsInProgress ? null : ControlEndpoints.Problem($"{sid} is not connected: it is {leg.Status.ToName()}", StatusCodes.Status409Conflict);
    }

    private static IResult Unknown(string sid) => ControlEndpoints.Problem($"There is no call {sid}", StatusCodes.Status404NotFound);

    private sealed record PressRequest(string? Keys);

    private sealed record TypeRequest(string? Number, bool All = false, bool Mistyped = false, int GapMs = 0);
}
