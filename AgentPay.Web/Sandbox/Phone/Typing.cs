using System.Text.Json.Serialization;
using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Sandbox.Phone;

/// <summary>Somebody types on a handset.</summary>
/// <param name="Card">The test card, or bank account, that lies in front of them; null when they get everything wrong.</param>
/// <param name="All">Every field that is asked for until the payment ends, not only the one of now.</param>
internal sealed record Typing([property: JsonIgnore] TestCard? Card, bool All, [property: JsonIgnore] TimeSpan Gap)
{
    /// <summary>The test number; null when everything is wrong.</summary>
    public string? Number => Card?.Number;
}
