namespace AgentPay.Web.Sandbox.Entra;

/// <summary>The accounts of the tenant.</summary>
public static class People
{
    public static IReadOnlyList<Person> All { get; } =
    [
        new("00000000-0000-4000-8000-0000000000a1", "Amara Okafor", "amara@agentpay.example", "AgentPay.Agent", "Agent"),
        new("00000000-0000-4000-8000-0000000000a2", "Ben Lindqvist", "ben@agentpay.example", "AgentPay.Agent", "Agent"),
        new("00000000-0000-4000-8000-0000000000b1", "Priya Raman", "priya@agentpay.example", "AgentPay.Supervisor", "Supervisor"),
        new("00000000-0000-4000-8000-0000000000c1", "Tomás Herrera", "tomas@agentpay.example", "AgentPay.Admin", "Admin"),
        new("00000000-0000-4000-8000-0000000000d1", "Nora Quinn", "nora@agentpay.example", null, "No role"),
    ];

    public static Person? Find(string? objectId) => All.FirstOrDefault(person => person.ObjectId == objectId);
}
