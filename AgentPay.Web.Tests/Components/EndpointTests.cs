using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Components;

/// <summary>Every endpoint states who may call it, except those of the sandbox, which are open.</summary>
public sealed class EndpointTests : IDisposable
{
    /// <summary>Open on purpose: webhooks check their signature, the API its token (in their own tests); the rest is for people who are not signed in.</summary>
    private static readonly string[] Open =
    [
        "/inboundHandler", "/outboundHandler", "/outboundSyncUpdate", "/callStatus", "/paySyncUpdate",
        "/referHandler", "/referStatus", "/referEnded", "/receiptStatus",
        "/startCapture", "/updateCaptureType", "/changeSession", "/uui2sid",
        "/signin", "/signout", "/session", "/signin-window", "/signed-in", "/signed-out", "/denied", "/not-found", "/too-many-pages", "/error",
        "/health/live", "/health/ready",
    ];

    private readonly AgentPayApp _app = new();

    [Fact]
    public void Endpoints_EachSayWhoMayAsk() => Endpoints().Where(e => !IsOpen(e) && Policies(e).Length == 0).Select(e => e.RoutePattern.RawText).ShouldBeEmpty();

    [Fact]
    public void Endpoints_OpenToEverybody_AreThoseThatAreMeantToBe() => Endpoints().Where(IsOpen).Select(e => e.RoutePattern.RawText!).Distinct().ShouldBe(Open, ignoreOrder: true);

    [Fact]
    public void Pages_ThatAreNotOpen_NeedARole()
    {
        var pages = Endpoints().Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && !IsOpen(e)).ToList();

        pages.ShouldNotBeEmpty();
        pages.ShouldAllBe(page => Policies(page).Contains(AgentPayPolicies.Console));
    }

    public void Dispose() => _app.Dispose();

    private IEnumerable<RouteEndpoint> Endpoints() => _app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText is { } route && !route.StartsWith("/sandbox", StringComparison.Ordinal) && !IsFile(route));

    /// <summary>Styles, scripts and fonts, and where development looks for new ones.</summary>
    private static bool IsFile(string route) => route == "{**path:file}" || (!route.StartsWith('/') && Path.HasExtension(route));

    private static bool IsOpen(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static string?[] Policies(RouteEndpoint endpoint) => [.. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy)];
}
