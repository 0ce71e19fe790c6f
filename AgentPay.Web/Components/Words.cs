namespace AgentPay.Web.Components;

/// <summary>
/// The texts of the screens. The English text is the key and stands where it is shown. A translation is a file <c>Words.{culture}.resx</c>
/// beside this one; list its culture in <see cref="ConsoleFeature"/>.
/// </summary>
public sealed class Words;
