using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentPay.Web.Events;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Events;

/// <summary>The worked example in docs/recording.md.</summary>
public sealed partial class EventSignatureTests
{
    private readonly string _docs = File.ReadAllText(Path.Combine(Repository.Root, "docs", "recording.md"));

    [Fact]
    public void Of_TheExampleInTheDocs_IsTheSignatureThere()
    {
        var key = EventSignature.KeyOf(Value("SECRET")).ShouldNotBeNull();

        var signature = EventSignature.Of(
            key, Value("ID"), long.Parse(Value("TIMESTAMP"), CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(Value("BODY")));

        signature.ShouldBe("v1," + Printed().Match(_docs).Groups[1].Value);
    }

    [Fact]
    public void Body_InTheDocs_IsWhatAgentPaySends()
    {
        var message = JsonSerializer.Deserialize(Value("BODY"), EventJson.Default.EventMessage).ShouldNotBeNull();

        JsonSerializer.Serialize(message, EventJson.Default.EventMessage).ShouldBe(Value("BODY"));
        Value("ID").ShouldBe(message.Data.PaymentId + "-started");
    }

    private string Value(string name) => Regex.Match(_docs, $"^{name}='(.+)'$", RegexOptions.Multiline).Groups[1].Value;

    [GeneratedRegex("^# prints ([A-Za-z0-9+/]{43}=)$", RegexOptions.Multiline)]
    private static partial Regex Printed();
}
