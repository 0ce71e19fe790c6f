using System.Text.Json.Serialization;
using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Sandbox.Phone;

/// <summary>A running automatic entry on a handset.</summary>
/// <param name="Card">The test card or bank account; null for invalid input.</param>
/// <param name="All">Whether every field is entered until the payment ends, or only the requested one.</param>
internal sealed record Typing([property: JsonIgnore] TestCard? Card, bool All, [property: JsonIgnore] TimeSpan Gap)
{
    public string? Number => Card?.Number;
}
