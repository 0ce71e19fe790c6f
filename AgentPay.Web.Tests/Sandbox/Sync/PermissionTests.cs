namespace AgentPay.Web.Tests.Sandbox.Sync;

public sealed class PermissionTests(SyncFixture sandbox) : IClassFixture<SyncFixture>
{
    [Theory]
    [InlineData("Documents", "document_sid")]
    [InlineData("Lists", "list_sid")]
    [InlineData("Maps", "map_sid")]
    public async Task Update_MakesThePermissionAndChangesIt(string kind, string sid)
    {
        var service = await sandbox.NewServiceAsync();
        var on = await service.PostAsync($"/{kind}", ("UniqueName", "x"));

        var made = await service.PostAsync($"/{kind}/x/Permissions/a%40b.c", ("Read", "true"), ("Write", "false"), ("Manage", "false"));
        var changed = await service.PostAsync($"/{kind}/x/Permissions/a%40b.c", ("Read", "false"), ("Write", "true"), ("Manage", "true"));

        (made.Status, made["identity"], made[sid], made["read"], made["write"], made["manage"])
            .ShouldBe((200, "a@b.c", on["sid"], "True", "False", "False"));
        (changed["read"], changed["write"], changed["manage"]).ShouldBe(("False", "True", "True"));
        (await service.GetAsync(made["url"]!)).Text.ShouldBe(changed.Text);
    }

    [Fact]
    public async Task Delete_TakesThePermissionAway()
    {
        var service = await NewDocumentAsync();
        await service.PostAsync("/Documents/d/Permissions/agent", ("Read", "true"), ("Write", "true"), ("Manage", "true"));

        (await service.DeleteAsync("/Documents/d/Permissions/agent")).Status.ShouldBe(204);

        (await service.GetAsync("/Documents/d/Permissions/agent")).Refusal.ShouldBe("404/20404");
        (await service.DeleteAsync("/Documents/d/Permissions/agent")).Refusal.ShouldBe("404/20404");
    }

    [Theory]
    [InlineData("Read")]
    [InlineData("Write")]
    [InlineData("Manage")]
    public async Task Update_WithoutOneOfTheThree_NamesIt(string missing)
    {
        var service = await NewDocumentAsync();
        var form = ((string, string)[])[("Read", "true"), ("Write", "true"), ("Manage", "true")];

        var reply = await service.PostAsync("/Documents/d/Permissions/agent", [.. form.Where(f => f.Item1 != missing)]);

        reply.Refusal.ShouldBe("400/20001");
        reply["message"]!.ShouldContain(missing);
    }

    [Theory]
    [InlineData(256, "200, not refused")]
    [InlineData(257, "400/54351")]
    public async Task Identity_HasUpTo256Characters(int length, string refusal)
    {
        var service = await NewDocumentAsync();
        var identity = new string('i', length);

        (await service.PostAsync($"/Documents/d/Permissions/{identity}", ("Read", "true"), ("Write", "true"), ("Manage", "true"))).Refusal
            .ShouldBe(refusal);
    }

    [Fact]
    public async Task List_FollowedPageByPage_HasEveryIdentityOnce()
    {
        var service = await NewDocumentAsync();
        foreach (var identity in (string[])["c", "a", "b"])
            await service.PostAsync($"/Documents/d/Permissions/{identity}", ("Read", "true"), ("Write", "true"), ("Manage", "true"));

        var permissions = await service.ReadAllAsync("/Documents/d/Permissions?PageSize=2");

        permissions.Select(p => p.GetProperty("identity").GetString()).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task Permissions_OfStreams_DoNotExist()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Streams", ("UniqueName", "s"));

        (await service.GetAsync("/Streams/s/Permissions")).Refusal.ShouldBe("404/20404");
    }

    private async Task<SyncApi> NewDocumentAsync()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Documents", ("UniqueName", "d"));
        return service;
    }
}
