using System.Reflection;
using System.Text.Json;
using AgentPay.Web.Tests.Support;
using Newtonsoft.Json;
using Twilio.Rest.Api.V2010.Account;

namespace AgentPay.Web.Tests.Sandbox.Messaging;

/// <summary>
/// Text messages at the sandbox's API. The part of Twilio's OpenAPI description beside the repository has no messages, so answers are
/// checked against the classes that Twilio generates from it: those of its SDK.
/// </summary>
public sealed class MessagesApiTests : IDisposable
{
    private const string Path = $"sandbox/twilio/2010-04-01/Accounts/{SandboxApp.AccountSid}/Messages";

    private readonly SandboxApp _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Send_AMessage_AnswersWhatTheSdkReads()
    {
        var (status, body) = await SendAsync(("From", SandboxControl.Business), ("SmartEncoded", "true"));

        status.ShouldBe(201);
        JsonDocument.Parse(body).RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(Members, ignoreOrder: true);
        var message = MessageResource.FromJson(body);
        message.Sid.ShouldMatch("^SM[0-9a-f]{32}$");
        message.Status.ShouldBe(MessageResource.StatusEnum.Queued);
        message.Direction.ShouldBe(MessageResource.DirectionEnum.OutboundApi);
        (message.From.ToString(), message.To, message.Body).ShouldBe((SandboxControl.Business, SandboxControl.Customer, "Paid"));
        message.DateCreated.ShouldNotBeNull();
        var fetched = await _sandbox.Http.GetStringAsync($"{Path}/{message.Sid}.json");
        MessageResource.FromJson(fetched).Status.ShouldBe(MessageResource.StatusEnum.Queued);
    }

    [Theory]
    [InlineData("To", "12", 21211)]
    [InlineData("To", "", 21604)]
    [InlineData("To", "+15005550001", 21211)]
    [InlineData("To", "+15005550002", 21612)]
    [InlineData("To", "+15005550003", 21408)]
    [InlineData("To", "+15005550004", 21610)]
    [InlineData("To", "+15005550009", 21614)]
    [InlineData("From", "", 21603)]
    [InlineData("From", "+61290000000", 21659)]
    [InlineData("Body", "", 21602)]
    public async Task Send_WithAWrongValue_IsRefusedWithTwiliosCode(string name, string value, int code)
    {
        var (status, body) = await SendAsync(("From", SandboxControl.Business), (name, value));

        (status, JsonDocument.Parse(body).RootElement.GetProperty("code").GetInt32()).ShouldBe((400, code));
    }

    [Theory]
    [InlineData("MG00000000000000000000000000000000", 201)]
    [InlineData("MG11111111111111111111111111111111", 404)]
    public async Task Send_ByAMessagingService_NeedsOneOfTheAccount(string service, int expected) =>
        (await SendAsync(("MessagingServiceSid", service))).Status.ShouldBe(expected);

    private static IEnumerable<string> Members => typeof(MessageResource).GetProperties()
        .Select(property => property.GetCustomAttribute<JsonPropertyAttribute>()?.PropertyName).OfType<string>();

    private async Task<(int Status, string Body)> SendAsync(params (string Name, string Value)[] form)
    {
        var fields = new Dictionary<string, string> { ["To"] = SandboxControl.Customer, ["Body"] = "Paid" };
        foreach (var (name, value) in form) fields[name] = value;
        using var answer = await _sandbox.Http.PostAsync(Path + ".json", new FormUrlEncodedContent(fields));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
