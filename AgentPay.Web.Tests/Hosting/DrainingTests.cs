using System.Net;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Hosting;

public sealed class DrainingTests
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(17);

    [Fact]
    public async Task Stop_BeginsByNotBeingReady_AndGoesOnServing()
    {
        await using var app = new AgentPayApp(new() { ["AgentPay:DrainTime"] = DrainTime.ToString() });
        await app.ReadyAsync();
        (await StatusAsync(app, "/health/ready")).ShouldBe(HttpStatusCode.OK);

        var stopping = app.Services.GetRequiredService<IHost>().StopAsync();
        await app.Clock.TimerAsync(DrainTime);

        (await StatusAsync(app, "/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync(app, "/health/live")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(app, "/denied")).ShouldBe(HttpStatusCode.Forbidden);
        app.Clock.Advance(DrainTime);
        await stopping;
        await Should.ThrowAsync<HttpRequestException>(() => app.Http.GetAsync("/health/live"));
    }

    [Fact]
    public void ShutdownTimeout_CoversTheDrainAndTheRest()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["AgentPay:DrainTime"] = DrainTime.ToString() }).Build());
        services.AddDraining();

        services.BuildServiceProvider()
            .GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBe(DrainTime + Timeouts.Shutdown);
    }

    private static async Task<HttpStatusCode> StatusAsync(AgentPayApp app, string path)
    {
        using var answer = await app.Http.GetAsync(path);
        return answer.StatusCode;
    }
}
