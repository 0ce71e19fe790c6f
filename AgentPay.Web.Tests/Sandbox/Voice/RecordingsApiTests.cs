using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Voice;

/// <summary>The recording of a call at the sandbox's API.</summary>
public sealed class RecordingsApiTests : IAsyncLifetime
{
    private PhoneLab _lab = null!;
    private string _parent = "";
    private string _child = "";

    public async Task InitializeAsync()
    {
        _lab = await PhoneLab.StartAsync(PhoneLab.AgentDial, settings: new() { ["Sandbox:RecordCalls"] = "true" });
        (_parent, _child) = await _lab.ConnectAsync();
    }

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    [Fact]
    public async Task Update_OfTheCurrentRecording_PausesAndResumesIt()
    {
        var paused = await UpdateAsync(_parent, "Twilio.CURRENT", ("Status", "paused"), ("PauseBehavior", "silence"));
        var resumed = await UpdateAsync(_parent, paused.Body.GetProperty("sid").GetString()!, ("Status", "in-progress"));

        (paused.Status, Status(paused.Body)).ShouldBe((200, "paused"));
        (resumed.Status, Status(resumed.Body)).ShouldBe((200, "in-progress"));
        resumed.Body.GetProperty("call_sid").GetString().ShouldBe(_parent);
    }

    [Fact]
    public async Task Update_OfTheLegThatWasDialled_IsNotFound()
    {
        var answer = await UpdateAsync(_child, "Twilio.CURRENT", ("Status", "paused"));

        (answer.Status, answer.Body.GetProperty("code").GetInt32()).ShouldBe((404, 20404));
    }

    [Fact]
    public async Task Update_AfterTheCallHasEnded_IsNotFound()
    {
        await _lab.ActAsync(_parent, "hangup");

        (await UpdateAsync(_parent, "Twilio.CURRENT", ("Status", "in-progress"))).Status.ShouldBe(404);
        (await _lab.ShowAsync(_parent)).GetProperty("recording").EnumerateArray().Last().GetString().ShouldBe("completed");
    }

    [Theory]
    [InlineData("Status", "completed")]
    [InlineData("PauseBehavior", "loud")]
    public async Task Update_WithAnUnknownValue_IsRefused(string name, string value)
    {
        (string, string)[] form = name == "Status" ? [(name, value)] : [("Status", "paused"), (name, value)];

        var answer = await UpdateAsync(_parent, "Twilio.CURRENT", form);

        (answer.Status, answer.Body.GetProperty("code").GetInt32()).ShouldBe((400, 20001));
    }

    [Fact]
    public async Task Start_AfterTheRecordingWasStopped_MakesAnother()
    {
        var stopped = await UpdateAsync(_parent, "Twilio.CURRENT", ("Status", "stopped"));

        using var answer = await _lab.Sandbox.Http.PostAsync(Path(_parent, ".json"), null);

        var recording = await answer.Content.ReadFromJsonAsync<JsonElement>();
        ((int)answer.StatusCode, Status(recording)).ShouldBe((201, "in-progress"));
        recording.GetProperty("sid").GetString().ShouldNotBe(stopped.Body.GetProperty("sid").GetString());
    }

    private static string? Status(JsonElement recording) => recording.GetProperty("status").GetString();

    private static string Path(string call, string rest) =>
        $"sandbox/twilio/2010-04-01/Accounts/{SandboxApp.AccountSid}/Calls/{call}/Recordings{rest}";

    private async Task<(int Status, JsonElement Body)> UpdateAsync(string call, string recording, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await _lab.Sandbox.Http.PostAsync(Path(call, $"/{recording}.json"), content);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
