namespace AgentPay.Web.Localization;

/// <summary>
/// The texts of the screens. The key of a text is the English text, written where it is shown. A translation is a file
/// <c>Words.{culture}.resx</c> beside this one; list its culture in <see cref="Components.ConsoleFeature"/>.
/// </summary>
public sealed class Words;
