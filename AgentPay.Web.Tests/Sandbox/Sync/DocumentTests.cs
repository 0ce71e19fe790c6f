namespace AgentPay.Web.Tests.Sandbox.Sync;

public sealed class DocumentTests(SyncFixture sandbox) : IClassFixture<SyncFixture>
{
    [Fact]
    public async Task Create_WithoutData_HasAnEmptyObjectAtRevisionZero()
    {
        var service = await sandbox.NewServiceAsync();

        var created = await service.PostAsync("/Documents");

        (created.Data, created["revision"], created.ETag, created["unique_name"]).ShouldBe(("{}", "0", "\"0\"", null));
    }

    [Fact]
    public async Task Update_ReplacesTheDataEntirelyAndCountsTheRevision()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Documents", ("UniqueName", "pay"), ("Data", """{"a":1,"b":2}"""));
        sandbox.App.Clock.Advance(TimeSpan.FromSeconds(1));

        var updated = await service.PostAsync("/Documents/pay", ("Data", """{"b":3}"""));

        (updated.Status, updated.Data, updated["revision"], updated.ETag).ShouldBe((200, """{"b":3}""", "1", "\"1\""));
        updated["date_updated"].ShouldNotBe(updated["date_created"]);
        (await service.GetAsync("/Documents/pay")).ShouldBe(updated);
    }

    [Fact]
    public async Task Update_OfTheTtlAlone_LeavesTheData()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Documents", ("UniqueName", "pay"), ("Data", """{"a":1}"""));

        var updated = await service.PostAsync("/Documents/pay", ("Ttl", "60"));

        (updated.Data, updated["revision"]).ShouldBe(("""{"a":1}""", "1"));
    }

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00 é 漢 \u0000"}""")]
    [InlineData("""{"lone":"\ud800"}""")]
    [InlineData("""{"n":1e400,"n":12345678901234567890.123}""")]
    [InlineData("""{ "a" : [ null , true , { } ] }""")]
    public async Task Data_OfAnyKind_ComesBackAsItWent(string data)
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Documents", ("UniqueName", "pay"), ("Data", data));

        (await service.GetAsync("/Documents/pay")).Text.ShouldContain($"\"data\":{data}");
    }

    [Theory]
    [InlineData("{", "400/54008")]
    [InlineData("[1]", "400/54101")]
    public async Task Data_ThatIsNoJsonObject_IsRefused(string data, string refusal)
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Documents", ("UniqueName", "pay"));

        (await service.PostAsync("/Documents", ("Data", data))).Refusal.ShouldBe(refusal);
        (await service.PostAsync("/Documents/pay", ("Data", data))).Refusal.ShouldBe(refusal);
    }

    [Theory]
    [InlineData(16 * 1024, "201, not refused")]
    [InlineData(16 * 1024 + 1, "413/54006")]
    public async Task Data_IsMeasuredInBytesOfUtf8(int bytes, string refusal)
    {
        var service = await sandbox.NewServiceAsync();
        var padding = new string('é', 4000) + new string('x', bytes - 8000 - 8);

        (await service.PostAsync("/Documents", ("Data", $$"""{"a":"{{padding}}"}"""))).Refusal.ShouldBe(refusal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData(" \"0\" ")]
    public async Task IfMatch_OfTheCurrentRevision_LetsTheUpdateThrough(string ifMatch)
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Documents", ("UniqueName", "pay"));

        (await service.PostIfAsync(ifMatch, "/Documents/pay", ("Data", "{}"))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("\"7\"", "412/54103")]
    [InlineData("abc", "412/54103")]
    [InlineData("", "400/54003")]
    [InlineData("*", "400/54003")]
    public async Task IfMatch_OfAnythingElse_ChangesNothing(string ifMatch, string refusal)
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Documents", ("UniqueName", "pay"), ("Data", """{"a":1}"""));

        (await service.PostIfAsync(ifMatch, "/Documents/pay", ("Data", "{}"))).Refusal.ShouldBe(refusal);

        var now = await service.GetAsync("/Documents/pay");
        (now.Data, now["revision"]).ShouldBe(("""{"a":1}""", "0"));
    }

    [Fact]
    public async Task IfMatch_OfManyAtOnce_LetsExactlyOneWin()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Documents", ("UniqueName", "pay"));

        var replies = await Task.WhenAll(Enumerable.Range(0, 32)
            .Select(n => service.PostIfAsync("0", "/Documents/pay", ("Data", $$"""{"winner":{{n}}}"""))));

        var winner = replies.Where(r => r.Status == 200).ShouldHaveSingleItem();
        replies.Count(r => r.Status == 412).ShouldBe(31);
        (await service.GetAsync("/Documents/pay")).Data.ShouldBe(winner.Data);
    }

    [Fact]
    public async Task Update_WithDataGivenTwice_TakesTheFirst()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Documents", ("UniqueName", "pay"));

        (await service.PostAsync("/Documents/pay", ("Data", """{"a":1}"""), ("Data", """{"a":2}"""))).Data.ShouldBe("""{"a":1}""");
    }
}
